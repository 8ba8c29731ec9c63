"""What crosses rooms: hearing a response, correcting, erasing. May import every room; none imports it."""
