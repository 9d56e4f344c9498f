// What html-validate asks of the built pages: its own presets, but for what is wrong for this site.
export default {
  root: true, // nothing above the pages is asked
  extends: ["html-validate:recommended", "html-validate:standard"],
  rules: {
    // A page is called what it is about: a case has the title that its contributor gave it, of up to
    // 120 characters, with the company's and the site's name. Cutting it would tell less.
    "long-title": "off",
    // Asks each form for a button that sends it. No page here sends anything (the policy says
    // form-action 'none'): a form filters the table below it, while one types, and is not there
    // without script.
    "wcag/h32": "off",
    // RIS ends an entry with a space, and a citation is shown as it is copied.
    "no-trailing-whitespace": "off",
  },
};
