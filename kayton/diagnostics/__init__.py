"""What goes wrong in a user's program, as data (`codes`, and one module per area), and its rendering (`render`)."""
