package ai.bctrl.checks;

import ai.bctrl.Tape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Stands before a control plane, passes everything on, records it and compares each answer with the contract. */
final class RecordingGateway implements AutoCloseable {
    private static final List<String> PASSED_ON =
            List.of("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID");

    private final MockWebServer front = new MockWebServer();
    private final HttpClient back = HttpClient.newHttpClient();
    private final Tape tape = new Tape();
    private final Set<String> called = ConcurrentHashMap.newKeySet();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final RouteFinder routes = new RouteFinder(Contract.spaces());

    RecordingGateway(String baseUrl) throws IOException {
        front.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                try {
                    return pass(baseUrl, request);
                } catch (IOException broken) {
                    problems.add(request.getRequestLine() + ": " + broken);
                    return new MockResponse.Builder().code(502).body("{}").build();
                }
            }
        });
        front.start();
    }

    private MockResponse pass(String baseUrl, RecordedRequest request) throws IOException, InterruptedException {
        HttpRequest.Builder passed = HttpRequest.newBuilder(URI.create(baseUrl + request.getTarget()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        request.getMethod(),
                        request.getBody() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(
                                        request.getBody().toByteArray()));
        for (String name : PASSED_ON) {
            String value = request.getHeaders().get(name);
            if (value != null) {
                passed.header(name, value);
            }
        }
        HttpResponse<String> answer = back.send(passed.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            tape.record(request.getMethod(), request.getTarget(), answer.statusCode(), answer.body());
        }
        called.add(routes.route(request.getMethod(), request.getTarget()));
        routes.problems(request.getMethod(), request.getTarget(), answer.statusCode(), answer.body())
                .forEach(problem -> problems.add(request.getRequestLine() + ": " + problem));
        return new MockResponse.Builder()
                .code(answer.statusCode())
                .addHeader("Content-Type", "application/json")
                .body(answer.body())
                .build();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + front.url("/").port();
    }

    Tape tape() {
        return tape;
    }

    /** Where answers did not fit the contract; empty if they all did. */
    List<String> problems() {
        return problems;
    }

    /** The operations that were called. */
    Set<String> called() {
        return called;
    }

    @Override
    public void close() {
        front.close();
    }
}
