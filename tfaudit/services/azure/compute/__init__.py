"""Azure: machines and their disks."""
