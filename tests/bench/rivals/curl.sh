#!/bin/sh
# What a person writes who wants popups of an event stream without a program for it: curl, a loop, notify-send.
while true; do
    curl --silent --no-buffer "$1" | while IFS= read -r line; do
        case $line in
        data:*) notify-send Feed "${line#data: }" ;;
        esac
    done
    sleep 5
done
