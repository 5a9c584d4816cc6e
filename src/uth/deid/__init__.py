"""De-identification of Danish clinical prose (anonymisering): text in, clean text and spans out."""
