package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.SmallDisk;
import ai.bctrl.local.internal.engine.ChromiumDiscovery;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** What a machine may have too little of, and a control plane that is restarted. */
final class MachineFaults {
    private static final String CONTROL_PLANE = "control plane";

    private MachineFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("the page uses up its memory", "PlaywrightException", "page crash", 30, scene -> {
                    Path chromium = program(
                            scene.directory(),
                            "exec '%s' --js-flags=--max-old-space-size=64 \"$@\"".formatted(chromium()));
                    try (ServeProcess serve =
                            ServeProcess.start(scene.directory(), "--chromium", chromium.toString())) {
                        FaultPoint.on(
                                page -> page.evaluate(
                                        "() => { const all = []; for (;;) all.push(Array.from({length: 1e5}, (_, i) => ({i}))); }"));
                        return on(serve, scene).inOwnSession(FaultPoint.Acts.class);
                    }
                }),
                new Fault(
                        "too few file descriptors for one more browser (ulimit -n)",
                        "ServerException",
                        "quota or capacity",
                        "raise its limit (ulimit -n)",
                        20,
                        scene -> {
                            try (ServeProcess serve = ServeProcess.start(scene.directory())) {
                                limitDescriptors(serve, descriptors(serve) + 20);
                                FaultPoint.during(() -> {});
                                return opensOn(serve, scene);
                            }
                        }),
                new Fault(
                        "no file descriptor is left, not even for a connection",
                        "BctrlTimeoutException",
                        CONTROL_PLANE,
                        20,
                        scene -> {
                            try (ServeProcess serve = ServeProcess.start(scene.directory())) {
                                limitDescriptors(serve, 3);
                                URI address = URI.create(serve.baseUrl());
                                // Who waits for the next connection has the descriptor for it already.
                                try (Socket last = new Socket(address.getHost(), address.getPort())) {
                                    assertThat(last.isConnected()).isTrue();
                                    FaultPoint.during(() -> {});
                                    return opensOn(serve, scene);
                                }
                            }
                        }),
                new Fault(
                        "no more processes and threads (pids.max of a control group)",
                        "ServerException",
                        CONTROL_PLANE,
                        "raise the limit (ulimit -u, pids.max)",
                        20,
                        scene -> {
                            try (PidsGroup group = PidsGroup.create();
                                    ServeProcess serve = ServeProcess.start(scene.directory())) {
                                // What the control plane itself starts for a browser is there then: only the browser's
                                // is missing.
                                useOnce(serve);
                                group.take(serve.pid());
                                group.allowMore(2);
                                FaultPoint.during(() -> {});
                                return opensOn(serve, scene);
                            }
                        }),
                new Fault(
                        "the control plane's disk is full when a browser is wanted",
                        "ServerException",
                        CONTROL_PLANE,
                        "storage.full",
                        20,
                        scene -> {
                            try (SmallDisk disk = SmallDisk.of(scene.directory().resolve("disk"), 48L << 20);
                                    ServeProcess serve = ServeProcess.start(
                                            scene.directory(),
                                            "--data",
                                            disk.path().resolve("data").toString())) {
                                disk.fillBut(10L << 20);
                                FaultPoint.during(() -> {});
                                return opensOn(serve, scene);
                            }
                        }),
                new Fault("the control plane's disk becomes full in the middle of the test", "-", "-", 30, scene -> {
                    try (SmallDisk disk = SmallDisk.of(scene.directory().resolve("disk"), 48L << 20);
                            ServeProcess serve = ServeProcess.start(
                                    scene.directory(),
                                    "--data",
                                    disk.path().resolve("data").toString())) {
                        FaultPoint.during(() -> disk.fillBut(10L << 20));
                        return on(serve, scene).inOwnSession(FaultPoint.GoesOn.class);
                    }
                }),
                new Fault(
                        "the browser's program says that there are no more processes",
                        "ServerException",
                        CONTROL_PLANE,
                        "raise the limit (ulimit -u, pids.max)",
                        20,
                        scene -> {
                            Path chromium = program(
                                    scene.directory(), "echo 'fork: Resource temporarily unavailable' >&2; exit 11");
                            try (ServeProcess serve =
                                    ServeProcess.start(scene.directory(), "--chromium", chromium.toString())) {
                                FaultPoint.during(() -> {});
                                return opensOn(serve, scene);
                            }
                        }),
                new Fault("the control plane is restarted", "BrowserLostException", CONTROL_PLANE, 45, scene -> {
                    try (ServeProcess serve = ServeProcess.start(scene.directory())) {
                        FaultPoint.during(serve::restart);
                        return on(serve, scene).inOwnSession(FaultPoint.Waits.class);
                    }
                }));
    }

    private static void useOnce(ServeProcess serve) {
        try (BctrlClient client = BctrlClient.builder()
                        .apiKey(ServeProcess.KEY)
                        .baseUrl(serve.baseUrl())
                        .build();
                RuntimeLease lease = ApiRuntimeProvider.of(client).acquire(RuntimeSpec.defaults())) {
            assertThat(lease.runtimeId()).isNotEmpty();
        }
    }

    private static KitRun on(ServeProcess serve, Scene scene) {
        return scene.run().with("bctrl.baseUrl", serve.baseUrl()).with("bctrl.apiKey", ServeProcess.KEY);
    }

    private static Ended opensOn(ServeProcess serve, Scene scene) {
        return scene.against(serve.baseUrl(), ServeProcess.KEY).inOwnSession(FaultPoint.Opens.class);
    }

    private static Path chromium() {
        return new ChromiumDiscovery(null)
                .find(LaunchRequest.builder("any").build())
                .path();
    }

    /** A program in place of Chromium. */
    private static Path program(Path directory, String script) throws IOException {
        Path file = directory.resolve("chromium-headless-shell");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static long descriptors(ServeProcess serve) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + serve.pid() + "/fd"))) {
            return open.count();
        }
    }

    /** It may open none with this number or a higher one; those that are open stay. */
    private static void limitDescriptors(ServeProcess serve, long limit) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(serve.pid()), "--nofile=" + limit + ":" + limit)
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
