package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.bctrl.error.ApiError;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.playwright.BrowserConnectException;
import ai.bctrl.playwright.BrowserCrashedException;
import ai.bctrl.playwright.BrowserLostException;
import ai.bctrl.playwright.BrowserRefusedException;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

class FailureOriginsTest {
    static Stream<Arguments> infrastructure() {
        return Stream.of(
                arguments(new BrowserCrashedException("died", null), FailureOrigin.BROWSER_CRASH),
                arguments(refused(429), FailureOrigin.QUOTA_OR_CAPACITY),
                arguments(refused(503), FailureOrigin.QUOTA_OR_CAPACITY),
                arguments(refused(409), FailureOrigin.CONNECTION_LOST),
                arguments(new BrowserLostException("gone", null), FailureOrigin.CONTROL_PLANE),
                arguments(new BrowserConnectException("cut", null), FailureOrigin.CONNECTION_LOST),
                arguments(api(402, "quota.exceeded"), FailureOrigin.QUOTA_OR_CAPACITY),
                arguments(api(429, "rate.limited"), FailureOrigin.QUOTA_OR_CAPACITY),
                arguments(api(503, "server.busy"), FailureOrigin.QUOTA_OR_CAPACITY),
                arguments(api(409, "runtime.not_active"), FailureOrigin.CONNECTION_LOST),
                arguments(api(500, "http.500"), FailureOrigin.CONTROL_PLANE),
                arguments(new BctrlConnectionException("refused", null), FailureOrigin.CONTROL_PLANE),
                arguments(new BctrlTimeoutException("late", null), FailureOrigin.CONTROL_PLANE),
                arguments(new BctrlException("broken"), FailureOrigin.CONTROL_PLANE));
    }

    @ParameterizedTest
    @MethodSource("infrastructure")
    void knowsWhatTheTestIsNotToBlameForWhereverItHappens(Throwable failure, FailureOrigin origin) {
        for (Place place : Place.values()) {
            assertThat(FailureOrigins.of(failure, place)).as(place.label()).isEqualTo(origin);
            assertThat(FailureOrigins.of(new IllegalStateException("around", failure), place))
                    .as(place.label())
                    .isEqualTo(origin);
        }
    }

    static Stream<Arguments> ofTheBody() {
        return Stream.of(
                arguments(new AssertionError("wrong"), FailureOrigin.APPLICATION_ASSERTION),
                arguments(new AssertionFailedError("wrong"), FailureOrigin.APPLICATION_ASSERTION),
                arguments(new TimeoutError("late"), FailureOrigin.APPLICATION_TIMEOUT),
                arguments(new TimeoutException("late"), FailureOrigin.APPLICATION_TIMEOUT),
                arguments(new PlaywrightException("strict mode violation"), FailureOrigin.TEST_ERROR),
                arguments(new IllegalStateException("browser crashed, they say"), FailureOrigin.TEST_ERROR),
                arguments(new BctrlConfigurationException("a bad value"), FailureOrigin.TEST_ERROR),
                arguments(api(400, "http.400"), FailureOrigin.TEST_ERROR),
                arguments(
                        new BctrlConfigurationException("a bad value", api(500, "http.500")),
                        FailureOrigin.TEST_ERROR));
    }

    @ParameterizedTest
    @MethodSource("ofTheBody")
    void judgesTheRestByWhereAndHowItFailed(Throwable failure, FailureOrigin inTheBody) {
        assertThat(FailureOrigins.of(failure, Place.BODY)).isEqualTo(inTheBody);
        assertThat(FailureOrigins.of(failure, Place.EXTENSION)).isEqualTo(inTheBody);
        assertThat(FailureOrigins.of(failure, Place.CONSTRUCTOR)).isEqualTo(FailureOrigin.SET_UP);
        assertThat(FailureOrigins.of(failure, Place.BEFORE_ALL)).isEqualTo(FailureOrigin.SET_UP);
        assertThat(FailureOrigins.of(failure, Place.BEFORE_EACH)).isEqualTo(FailureOrigin.SET_UP);
        assertThat(FailureOrigins.of(failure, Place.AFTER_EACH)).isEqualTo(FailureOrigin.TEAR_DOWN);
        assertThat(FailureOrigins.of(failure, Place.AFTER_ALL)).isEqualTo(FailureOrigin.TEAR_DOWN);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void endsWhereCausesGoRoundInACircle(Place place) {
        Exception one = new IllegalStateException("one");
        Exception two = new IllegalStateException("two", one);
        assertThat(one.initCause(two)).isSameAs(one);
        assertThat(FailureOrigins.of(one, place).isInfrastructure()).isFalse();
    }

    @Test
    void theCulpritNearestToTheTestCounts() {
        assertThat(FailureOrigins.of(new BrowserCrashedException("died", api(500, "http.500")), Place.BODY))
                .isEqualTo(FailureOrigin.BROWSER_CRASH);
    }

    private static BrowserRefusedException refused(int status) {
        return new BrowserRefusedException("refused", status, "", null);
    }

    private static BctrlApiException api(int status, String code) {
        return BctrlApiException.of(
                new ApiError("POST", "/v1/spaces/s/runtimes", status, code, "no", null, Map.of(), null));
    }
}
