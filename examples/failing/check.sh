# Fails where a page of the list has no title. Ends with 3, so that the exit code is easy to recognise.
while IFS='|' read -r path title; do
  echo "checking $path" >&2
  if [ -z "$title" ]; then
    echo "error: $path has no title" >&2
    exit 3
  fi
  echo "$path: $title"
done < "$1"
