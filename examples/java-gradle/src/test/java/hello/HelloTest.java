package hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelloTest {
    @ParameterizedTest
    @CsvSource({"/,'Hello, world!\n'", "/Ada,'Hello, Ada!\n'"})
    void greetsByPath(String path, String greeting) throws Exception {
        var server = Hello.listen(0);
        try {
            var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertEquals(greeting, answer.body());
        } finally {
            server.stop(0);
        }
    }
}
