"""The opponent: processes killed and stopped, servers gone, disks full, files damaged."""
