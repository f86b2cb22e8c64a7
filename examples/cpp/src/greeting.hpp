#pragma once
#include <string>
#include <string_view>

/// The body that answers a request's first line, as in "GET /Ada HTTP/1.1".
std::string greeting(std::string_view request);
