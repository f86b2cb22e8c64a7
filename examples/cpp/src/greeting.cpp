#include "greeting.hpp"

std::string greeting(std::string_view request) {
  const auto slash = request.find('/');
  if (slash == std::string_view::npos) return "Hello, world!\n";
  const auto path = request.substr(slash + 1);
  const auto name = path.substr(0, path.find(' '));
  return "Hello, " + std::string(name.empty() ? "world" : name) + "!\n";
}
