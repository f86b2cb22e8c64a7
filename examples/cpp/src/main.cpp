#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "greeting.hpp"

namespace {
constexpr int kPort = 8080;

void answer(int client) {
  char request[4096];
  const auto length = read(client, request, sizeof request);
  if (length <= 0) return;
  const auto body = greeting({request, static_cast<std::size_t>(length)});
  const auto reply = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
  if (write(client, reply.data(), reply.size()) < 0) std::perror("write");
}
}  // namespace

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  // As process 1 of a container a program is not ended by these unless it says so.
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { _exit(0); });

  const int server = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kPort);
  if (bind(server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(server, 64) != 0) {
    std::perror("listen");
    return 1;
  }
  std::printf("listening on %d\n", kPort);
  std::fflush(stdout);
  for (;;) {
    const int client = accept(server, nullptr, nullptr);
    if (client < 0) continue;
    answer(client);
    close(client);
  }
}
