"""What the templates may say (skabelonmærker)."""
