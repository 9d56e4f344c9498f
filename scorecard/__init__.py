"""Case logs in, a public customer-service scorecard out."""
