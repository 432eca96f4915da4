"""Documents that are sent: read in processes of their own, answered or kept.

Nothing is imported here: a process that reads documents needs nothing of what answers requests.
"""
