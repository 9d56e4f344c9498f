// Markdown is only Markdown, and every page has the layout and address that its front matter names.
export default function () {
  return {
    dir: { input: "content", includes: "../_includes" },
    markdownTemplateEngine: false,
    templateFormats: ["md"],
  };
}
