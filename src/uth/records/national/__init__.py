"""What the national level keeps (det nationale niveau): its own database, no identities."""
