#include "greeting.hpp"

#include <iostream>
#include <string>

int main() {
  const struct {
    const char* request;
    const char* body;
  } cases[] = {
      {"GET / HTTP/1.1\r\n", "Hello, world!\n"},
      {"GET /Ada HTTP/1.1\r\n", "Hello, Ada!\n"},
      {"", "Hello, world!\n"},
  };
  int failures = 0;
  for (const auto& [request, body] : cases) {
    const auto got = greeting(request);
    if (got == body) continue;
    std::cerr << request << " gave " << got << " instead of " << body;
    ++failures;
  }
  return failures;
}
