"""What pages show, as plain records: the values of the JSON, and the words beside them."""
