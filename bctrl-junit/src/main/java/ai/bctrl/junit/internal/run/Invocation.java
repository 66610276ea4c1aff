package ai.bctrl.junit.internal.run;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start of the tests by a person or a CI job, which may take several JVMs. Known build tools are told by the process
 * that starts their JVMs; any other JVM is a start of its own, so that two starts from an IDE are never taken for one.
 * Immutable.
 *
 * @param name the tool, and what tells apart the builds of one process
 * @param process the process that starts the JVMs
 * @param grace how long after its last JVM ended another one still belongs to it
 */
record Invocation(String name, ProcessId process, Duration grace) {
    private static final Set<String> SHELLS = Set.of(
            "sh",
            "ash",
            "bash",
            "busybox",
            "dash",
            "fish",
            "ksh",
            "zsh",
            "cmd.exe",
            "powershell.exe",
            "pwsh",
            "pwsh.exe");

    /** Surefire hands the time at which it began to each of its JVMs. */
    private static final Pattern STAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d_\\d{3}");

    /** A build may do other things for long between two of its JVMs. */
    private static final Duration WHOLE_BUILD = Duration.ofDays(1);

    private static final Duration NEXT_JVM = Duration.ofSeconds(10);

    static Invocation of(Surroundings here) {
        if (here.property("surefire.real.class.path") != null || here.property("surefire.test.class.path") != null) {
            return ofMaven(here);
        }
        if (here.property("org.gradle.test.worker") != null) {
            // The daemon outlives its builds and nothing tells them apart: time must.
            return new Invocation("gradle", builder(here).process(), NEXT_JVM);
        }
        return new Invocation("jvm", here.self(), NEXT_JVM);
    }

    private static Invocation ofMaven(Surroundings here) {
        Surroundings.Ancestor builder = builder(here);
        String command = builder.commandLine();
        if (!command.isEmpty() && !command.toLowerCase(Locale.ROOT).contains("mvnd")) {
            return new Invocation("maven", builder.process(), WHOLE_BUILD);
        }
        // A daemon, or one cannot know: then Surefire and Failsafe of one build are two.
        String ours = here.property("sun.java.command");
        Matcher stamp = STAMP.matcher(ours == null ? "" : ours);
        return stamp.find()
                ? new Invocation("maven " + stamp.group(), builder.process(), WHOLE_BUILD)
                : new Invocation("maven", builder.process(), NEXT_JVM);
    }

    private static Surroundings.Ancestor builder(Surroundings here) {
        return here.ancestors().stream()
                .filter(ancestor -> !isShell(ancestor.program()))
                .findFirst()
                .orElseGet(() -> new Surroundings.Ancestor(here.self(), "", ""));
    }

    private static boolean isShell(String program) {
        int slash = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
        return SHELLS.contains(program.substring(slash + 1).toLowerCase(Locale.ROOT));
    }

    boolean isSame(Invocation other) {
        return name.equals(other.name) && process.isSame(other.process);
    }
}
