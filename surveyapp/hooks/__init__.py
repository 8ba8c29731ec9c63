"""Webhooks: other programs are told what happens, by signed posts to addresses that an administrator entered."""
