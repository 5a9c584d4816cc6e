"""Known identities (kendte identiteter): the forms an identity can take, and how each is seen in a text."""
