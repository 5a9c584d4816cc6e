"""The worker (arbejderen): letters, deadlines, forgetting. The only room with a window."""
