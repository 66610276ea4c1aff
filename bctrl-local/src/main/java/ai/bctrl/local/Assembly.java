package ai.bctrl.local;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.console.ConsoleSite;
import ai.bctrl.local.internal.http.BackupSite;
import ai.bctrl.local.internal.http.HttpApi;
import ai.bctrl.local.internal.http.Services;
import ai.bctrl.local.internal.http.ServingFile;
import ai.bctrl.local.internal.http.Site;
import ai.bctrl.local.internal.live.LiveSite;
import ai.bctrl.local.internal.live.LiveViews;
import ai.bctrl.local.internal.live.RunActivityFeed;
import ai.bctrl.local.internal.metrics.PrometheusMeters;
import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.local.internal.observe.BrowserPulses;
import ai.bctrl.local.internal.observe.EventRedaction;
import ai.bctrl.local.internal.observe.KeptDownloads;
import ai.bctrl.local.internal.observe.Observation;
import ai.bctrl.local.internal.recording.RecordingService;
import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.Backups;
import ai.bctrl.local.internal.service.CdpGate;
import ai.bctrl.local.internal.service.Commands;
import ai.bctrl.local.internal.service.ConnectionSignatures;
import ai.bctrl.local.internal.service.Connections;
import ai.bctrl.local.internal.service.ControllerTaps;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.Health;
import ai.bctrl.local.internal.service.Holds;
import ai.bctrl.local.internal.service.Idempotency;
import ai.bctrl.local.internal.service.InstanceSecret;
import ai.bctrl.local.internal.service.KeysFile;
import ai.bctrl.local.internal.service.Lifetimes;
import ai.bctrl.local.internal.service.LiveBrowsers;
import ai.bctrl.local.internal.service.LiveJournal;
import ai.bctrl.local.internal.service.LiveLeases;
import ai.bctrl.local.internal.service.Meters;
import ai.bctrl.local.internal.service.Owners;
import ai.bctrl.local.internal.service.Places;
import ai.bctrl.local.internal.service.Profiles;
import ai.bctrl.local.internal.service.Retention;
import ai.bctrl.local.internal.service.RunWatchers;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.RuntimeFiles;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.Spaces;
import ai.bctrl.local.internal.service.StoredFiles;
import ai.bctrl.local.internal.service.TestMarkers;
import ai.bctrl.local.internal.service.ViewLeases;
import ai.bctrl.local.internal.service.Workers;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.RecordingStatus;
import ai.bctrl.model.RecordingView;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a control plane together. Used once.
 *
 * @param parts gets what must be closed; what is pushed last is closed first
 */
record Assembly(
        LocalOptions options,
        String apiKey,
        InstantSource clock,
        LocalBctrl.BrowserSource source,
        Deque<AutoCloseable> parts) {

    /**
     * Starts everything.
     *
     * @throws IOException if the port cannot be bound
     */
    HttpApi start() throws IOException {
        Workers workers = new Workers();
        Path data = options.dataDirectory();
        Database database = Database.open(data);
        parts.push(database);
        parts.push(workers);
        LocalBctrl.Browsers browsers = source.open();
        parts.push(browsers.engine());
        Path kept = data == null ? browsers.directory() : data;
        InstanceSecret secret = InstanceSecret.of(database);
        Events events = new Events(database, clock, workers);
        CdpClients clients = new CdpClients(workers.clock());
        parts.push(clients);
        RunWatchers watchers = new RunWatchers();
        StoredFiles files =
                new StoredFiles(database, kept.resolve("files"), options.maxFileBytes(), data != null, clock);
        files.recover();
        Artifacts artifacts = new Artifacts(database, files, events, clock);
        RuntimeFiles runtimeFiles =
                new RuntimeFiles(browsers.directory().resolve("runtimes"), database, files, artifacts, workers);
        watchers.add(runtimeFiles);
        ControllerTaps taps = ControllerTaps.NONE;
        if (options.observe()) {
            Observation observation = new Observation(
                    database, events, clock, clients, workers, new KeptDownloads(artifacts, runtimeFiles));
            parts.push(observation);
            watchers.add(observation);
            taps = observation;
        }
        ConnectionSignatures signatures = new ConnectionSignatures(secret);
        Connections connections = new Connections(database, events, signatures, clock, workers);
        LiveBrowsers live = new LiveBrowsers();
        Places places = new Places(
                new Places.Limits(options.maxRuntimes(), options.maxWaiting(), options.queueTimeout()),
                workers.clock());
        Meters meters = Meters.NONE;
        if (options.metrics()) {
            PrometheusMeters counting = new PrometheusMeters(places);
            parts.push(counting);
            events.listen(written -> counting.written(written.size()));
            meters = counting;
        }
        CdpGate gate = new CdpGate(database, connections, signatures, live, events, taps, workers, meters);
        Runtimes runtimes = new Runtimes(
                browsers.engine(),
                browsers.availability(),
                options.extensionsDirectory(),
                options.isolation(),
                new Profiles(kept.resolve("profiles")),
                database,
                connections,
                events,
                live,
                gate,
                watchers,
                clock,
                workers,
                places,
                meters);
        runtimes.recover();
        Runs runs = new Runs(database);
        ViewLeases leases = new ViewLeases(clock);
        Commands commands = new Commands(database, clock);
        Activity activity = new Activity(database);
        RunActivityFeed activityFeed = new RunActivityFeed(activity, events, workers.quick());
        RecordingService recordings = new RecordingService(
                kept.resolve("recordings"),
                database,
                runs,
                events,
                leases,
                clients,
                browsers.engine(),
                artifacts,
                commands,
                activityFeed,
                clock,
                workers);
        recordings.recover();
        watchers.add(recordings.watcher());
        events.listen(recordings.watcher()::heard);
        Retention retention = new Retention(
                database,
                files,
                kept.resolve("recordings"),
                new Retention.Rules(options.keepFor(), options.keepRuns(), options.keepBytes()),
                run -> recordings.isExporting(run) || leases.isViewed(run),
                run -> runtimes.deleted(List.of(run)),
                clock,
                workers);
        watchers.add(retention);
        Holds holds = new Holds(database, live, clock, workers);
        watchers.add(holds);
        LiveJournal journal = new LiveJournal(database, events, clock, workers);
        Lifetimes lifetimes =
                new Lifetimes(options.idleTimeout(), options.maxLifetime(), live, runtimes, gate, holds, workers);
        watchers.add(lifetimes);
        Duration silence = options.silenceTimeout();
        if (silence != null) {
            BrowserPulses pulses = new BrowserPulses(silence, clients, runtimes, journal, workers);
            parts.push(pulses);
            watchers.add(pulses);
        }
        LiveViews liveViews = new LiveViews(new LiveViews.Parts(
                leases,
                live,
                runs,
                runtimes,
                gate,
                clients,
                holds,
                lifetimes,
                journal,
                activityFeed,
                (runId, authority) -> replay(recordings, runId, authority),
                (runId, call, request, error) -> note(commands, workers, runId, call, request, error),
                clock,
                workers));
        watchers.add(liveViews);
        Spaces spaces = new Spaces(database, runtimes, files, clock);
        ApiKeys keys = keys(secret);
        LiveLeases liveLeases = new LiveLeases(runs, leases);
        Services services = new Services(
                spaces,
                runtimes,
                connections,
                runs,
                events,
                keys,
                new Idempotency(clock),
                gate,
                leases,
                files,
                runtimeFiles,
                artifacts,
                commands,
                workers.files(),
                activity,
                new TestMarkers(database, events, EventRedaction::wholeText, clock),
                liveLeases,
                holds,
                recordings,
                new Owners(live, runtimes, clock, workers),
                lifetimes,
                new Health(
                        database,
                        browsers.availability(),
                        List.of(kept, browsers.directory()),
                        places,
                        runtimes::isClosing),
                meters);
        ConsoleSite console = new ConsoleSite(new ConsoleSite.Parts(
                keys,
                spaces,
                runtimes,
                runs,
                activity,
                events,
                artifacts,
                liveLeases,
                recordings,
                live,
                clients,
                clock,
                workers.quick()));
        List<Site> sites =
                new ArrayList<>(List.of(new LiveSite(liveViews, workers.quick()), recordings.site(), console));
        String token = ServingFile.newToken();
        if (data != null) {
            sites.add(0, new BackupSite(new Backups(database, data), keys, token, workers.files()));
        }
        HttpApi http = HttpApi.start(services, sites, options.host(), options.port(), options.maxRequestBytes());
        parts.push(http);
        if (data != null) {
            parts.push(ServingFile.write(data, "http://" + LocalBctrl.authority(options.host(), http.port()), token));
        }
        parts.push(liveViews);
        parts.push(recordings);
        parts.push(events);
        parts.push(runtimes);
        retention.start();
        return http;
    }

    private ApiKeys keys(InstanceSecret secret) {
        List<String> full = new ArrayList<>(options.furtherApiKeys());
        full.add(apiKey);
        Path file = options.keysFile();
        return new ApiKeys(secret, full, options.readOnlyApiKey(), file == null ? null : new KeysFile(file));
    }

    private static @Nullable String replay(RecordingService recordings, String runId, String authority) {
        RecordingView view =
                recordings.view(runId, CreateRecordingViewRequest.builder().build(), authority);
        return view.status() == RecordingStatus.NOT_AVAILABLE ? null : view.iframeUrl();
    }

    private static void note(
            Commands commands,
            Workers workers,
            String runId,
            String entryCall,
            JsonObject request,
            @Nullable String error) {
        try {
            workers.journal().execute(() -> {
                long seq = commands.begin(runId, entryCall, request);
                if (error == null) {
                    commands.succeed(seq, new JsonObject());
                } else {
                    commands.fail(seq, "live.failed", error);
                }
            });
        } catch (RejectedExecutionException ending) {
            // Nobody can read it any more.
        }
    }
}
