package ai.bctrl.local.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.fuzz.Fuzz;
import ai.bctrl.local.internal.service.ApiProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a part of a request is, it is understood or refused in words. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzHttpPartsTest {

    private static void readOrRefused(Runnable parser) {
        try {
            parser.run();
        } catch (ApiProblem told) {
            assertThat(told.status()).isBetween(400, 499);
        }
    }

    @Test
    void rangesLieInTheFile() {
        Fuzz.each(Fuzz.texts(), junk -> {
            long size = junk.below(1000);
            try {
                ByteRange range = ByteRange.parse(
                        junk.like("bytes=0-499", "bytes=-5", "bytes=5-", "bytes=0-1,5-9", "bytes = 7 - 9"), size);
                if (range != null) {
                    assertThat(range.offset()).isNotNegative();
                    assertThat(range.length()).isPositive();
                    assertThat(range.last()).isLessThan(size);
                }
            } catch (ByteRange.Unsatisfiable none) {
                assertThat(none).hasMessage("no such range");
            }
        });
    }

    @Test
    void pathsAndQueriesAreReadOrRefused() {
        Fuzz.each(Fuzz.texts(), junk -> {
            String text = junk.like("/v1/runs/a%20b", "limit=5&cursor=abc&status=active", "a=%C3%A4&&=&limit=%31");
            readOrRefused(() -> assertThat(Router.segments(text)).isNotEmpty());
            readOrRefused(() -> {
                Query query = Query.parse(text);
                assertThat(query.list("status")).doesNotContain("");
                assertThat(query.limit()).isBetween(1, Query.MAX_LIMIT);
            });
        });
    }

    @Test
    void onlyOurHostPasses() {
        HostGuard guard = new HostGuard("127.0.0.1");
        Fuzz.each(Fuzz.texts(), junk -> {
            String host = junk.like("127.0.0.1:8787", "localhost:8787", "[::1]:8787", "evil.test:8787");
            String origin = junk.chance(50) ? null : junk.like("http://127.0.0.1:8787", "null", "https://evil.test");
            readOrRefused(() -> assertThat(guard.check(host, origin, 8787))
                    .matches("(?i)(127\\.[0-9.]+|[a-z0-9._-]*localhost|\\[::1\\]):8787"));
        });
    }

    @Test
    void namesStayInTheirHeader() {
        Fuzz.each(
                Fuzz.texts(),
                junk -> assertThat(FileAnswer.disposition(junk.like("report.pdf", "a\"b.txt", "\u00e4.png")))
                        .matches("attachment; filename=\"[ -~&&[^\"]]*\"; filename\\*=UTF-8''[A-Za-z0-9._%-]*"));
    }
}
