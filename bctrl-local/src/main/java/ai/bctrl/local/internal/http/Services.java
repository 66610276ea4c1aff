package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.Connections;
import ai.bctrl.local.internal.service.ControllerGate;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.Idempotency;
import ai.bctrl.local.internal.service.RecordingViews;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.Spaces;
import ai.bctrl.local.internal.service.ViewLeases;

/** What the routes lead to. Immutable. */
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
        RecordingViews recordings) {}
