"""Azure: queues, topics and streams of events."""
