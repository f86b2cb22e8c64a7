require_relative "lib/hello"

run Hello
