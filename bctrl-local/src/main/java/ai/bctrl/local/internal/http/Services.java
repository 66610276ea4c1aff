package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.Commands;
import ai.bctrl.local.internal.service.Connections;
import ai.bctrl.local.internal.service.ControllerGate;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.Health;
import ai.bctrl.local.internal.service.Holds;
import ai.bctrl.local.internal.service.Idempotency;
import ai.bctrl.local.internal.service.Lifetimes;
import ai.bctrl.local.internal.service.LiveLeases;
import ai.bctrl.local.internal.service.Meters;
import ai.bctrl.local.internal.service.Owners;
import ai.bctrl.local.internal.service.RecordingViews;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.RuntimeFiles;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.Spaces;
import ai.bctrl.local.internal.service.StoredFiles;
import ai.bctrl.local.internal.service.TestMarkers;
import ai.bctrl.local.internal.service.ViewLeases;
import java.util.concurrent.Executor;

/**
 * What the routes lead to. Immutable.
 *
 * @param fileWork for what waits for files, of callers and of the disk
 */
public record Services(
        Spaces spaces,
        Runtimes runtimes,
        Connections connections,
        Runs runs,
        Events events,
        ApiKeys keys,
        Idempotency idempotency,
        ControllerGate gate,
        ViewLeases views,
        StoredFiles files,
        RuntimeFiles runtimeFiles,
        Artifacts artifacts,
        Commands commands,
        Executor fileWork,
        Activity activity,
        TestMarkers tests,
        LiveLeases liveLeases,
        Holds holds,
        RecordingViews recordings,
        Owners owners,
        Lifetimes lifetimes,
        Health health,
        Meters meters) {}
