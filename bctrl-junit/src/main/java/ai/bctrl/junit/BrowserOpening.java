package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.TestName;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.playwright.SessionOptions;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Opens browsers as a test asks for them. Immutable.
 *
 * @param request what the test asks for
 * @param settings what was set from outside
 * @param run where browsers come from
 */
record BrowserOpening(BrowserRequest request, BctrlSettings settings, RunResources run) {
    private static final int LONGEST_NAME = 100;

    /** {@return a new session, to be closed by the caller} */
    BrowserSession open(TestName test, Consumer<BrowserContext> onContext) {
        BrowserSpec spec = request.newSpec();
        RuntimeSpec wanted = runtime(spec);
        SessionOptions options = options(spec, onContext);
        BrowserSession session = request.canBePrepared() ? run.openPrepared(wanted, options) : null;
        if (session == null) {
            session = run.open(named(wanted, test), options);
        } else {
            // Nobody knew for which test it would be.
            RunMarkers.started(session.lease(), test, run.directory().path());
        }
        if (request.canBePrepared()) {
            run.prepare(
                    wanted,
                    options(spec, context -> {}),
                    request.isPlain(),
                    run.supply().wanted());
        }
        return session;
    }

    /** Makes browsers ready before the first test, where that needs nothing of the test. */
    void prepare(int count) {
        if (request.canBePrepared() && request.isPlain()) {
            BrowserSpec spec = request.newSpec();
            run.prepare(runtime(spec), options(spec, context -> {}), true, count);
        }
    }

    private RuntimeSpec runtime(BrowserSpec spec) {
        RuntimeSpec.Builder runtime = request.runtime(settings);
        spec.runtime(runtime);
        return runtime.metadata(RunResources.RUN_TAG, run.name())
                .metadata(RunResources.MEMBER_TAG, run.member())
                .build();
    }

    private RuntimeSpec named(RuntimeSpec wanted, TestName test) {
        RuntimeSpec.Builder named = wanted.toBuilder();
        if (wanted.name() == null) {
            String name = test.shortName();
            named.name(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
        }
        RunMarkers.name(named, test, run.directory().path());
        return named.build();
    }

    /** {@return the options of a further session on a browser that is there already} */
    SessionOptions options(Consumer<BrowserContext> onContext) {
        return options(request.newSpec(), onContext);
    }

    private SessionOptions options(BrowserSpec spec, Consumer<BrowserContext> onContext) {
        return SessionOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .files(settings.files())
                .silenceLimit(settings.usesService() ? settings.connection().silenceLimit() : Duration.ZERO)
                .contextOptions(context -> contextOptions(spec, context))
                .onContext(onContext)
                .build();
    }

    private void contextOptions(BrowserSpec spec, Browser.NewContextOptions options) {
        if (request.locale() != null) {
            options.setLocale(request.locale());
        }
        spec.context(options);
    }
}
