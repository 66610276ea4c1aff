package ai.bctrl.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.error.BctrlException;
import ai.bctrl.model.WireUnion;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;

/** Every arrow of docs/design.md, as a rule that a machine checks. */
@AnalyzeClasses(
        packages = "ai.bctrl",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] OUTSIDE_CORE = {
        "ai.bctrl.local..", "ai.bctrl.playwright..", "ai.bctrl.junit..", "ai.bctrl.samples.."
    };
    private static final DescribedPredicate<JavaClass> CORE =
            resideInAPackage("ai.bctrl..").and(not(resideInAnyPackage(OUTSIDE_CORE)));

    @ArchTest
    static void thereIsSomethingToCheck(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(150);
        for (String module : new String[] {"local", "playwright", "junit", "runtime", "model"}) {
            assertThat(classes.stream().anyMatch(found -> found.getPackageName().startsWith("ai.bctrl." + module)))
                    .as(module)
                    .isTrue();
        }
    }

    @ArchTest
    static final ArchRule coreKnowsNobody =
            noClasses().that(CORE).should().dependOnClassesThat().resideInAnyPackage(OUTSIDE_CORE);

    @ArchTest
    static final ArchRule playwrightSeesOnlyTheSeam = noClasses()
            .that()
            .resideInAPackage("ai.bctrl.playwright..")
            .should()
            .dependOnClassesThat(CORE.and(not(resideInAnyPackage(
                    "ai.bctrl.runtime..", "ai.bctrl.model..", "ai.bctrl.network..", "ai.bctrl.error.."))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "com.google.gson..", "ai.bctrl.local..", "ai.bctrl.junit..");

    @ArchTest
    static final ArchRule junitDoesNotCompileAgainstLocal = noClasses()
            .that()
            .resideInAPackage("ai.bctrl.junit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.bctrl.local..");

    @ArchTest
    static final ArchRule localNeverUsesTheClientButInItsCommands = noClasses()
            .that()
            .resideInAPackage("ai.bctrl.local..")
            .and()
            .resideOutsideOfPackage("ai.bctrl.local.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.bctrl", "ai.bctrl.playwright..", "ai.bctrl.junit..", "okhttp3..");

    @ArchTest
    static final ArchRule localSeesNobodyElse = noClasses()
            .that()
            .resideInAPackage("ai.bctrl.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.bctrl.playwright..", "ai.bctrl.junit..", "okhttp3..");

    @ArchTest
    static final ArchRule onlyTheTransportSeesOkHttp = noClasses()
            .that()
            .resideOutsideOfPackage("ai.bctrl.internal.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule onlyTheJsonPackageMakesAGson = noClasses()
            .that()
            .resideOutsideOfPackage("ai.bctrl.internal.json..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.google.gson.Gson")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.google.gson.GsonBuilder");

    @ArchTest
    static final ArchRule onlyWhatServesRequestsSeesJetty = noClasses()
            .that()
            .resideInAPackage("ai.bctrl..")
            .and()
            .resideOutsideOfPackages(
                    "ai.bctrl.local.internal.http..",
                    "ai.bctrl.local.internal.relay..",
                    "ai.bctrl.local.internal.live..",
                    "ai.bctrl.local.internal.recording..",
                    "ai.bctrl.local.internal.console..",
                    "ai.bctrl.samples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule onlyTheStoreSeesTheDatabase = noClasses()
            .that()
            .resideInAPackage("ai.bctrl..")
            .and()
            .resideOutsideOfPackage("ai.bctrl.local.internal.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "org.h2..", "org.flywaydb..", "java.sql..");

    @ArchTest
    static final ArchRule onlyTheMetricsSeeMicrometer = noClasses()
            .that()
            .resideInAPackage("ai.bctrl..")
            .and()
            .resideOutsideOfPackage("ai.bctrl.local.internal.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule localIsLayered = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("ai.bctrl.local..")
            .layer("http")
            .definedBy("ai.bctrl.local.internal.http..")
            .layer("relay")
            .definedBy("ai.bctrl.local.internal.relay..")
            .layer("service")
            .definedBy("ai.bctrl.local.internal.service..")
            .layer("store")
            .definedBy("ai.bctrl.local.internal.store..")
            .layer("engine")
            .definedBy("ai.bctrl.local.internal.engine..")
            .layer("shared")
            .definedBy("ai.bctrl.local.internal.shared..")
            .layer("cdp")
            .definedBy("ai.bctrl.local.internal.cdp..")
            .layer("loop")
            .definedBy("ai.bctrl.local.internal.loop..")
            .layer("observe")
            .definedBy("ai.bctrl.local.internal.observe..")
            .layer("live")
            .definedBy("ai.bctrl.local.internal.live..")
            .layer("recording")
            .definedBy("ai.bctrl.local.internal.recording..")
            .layer("console")
            .definedBy("ai.bctrl.local.internal.console..")
            .layer("metrics")
            .definedBy("ai.bctrl.local.internal.metrics..")
            .layer("front")
            .definedBy("ai.bctrl.local", "ai.bctrl.local.cli..")
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("recording", "console", "front")
            .whereLayer("recording")
            .mayOnlyBeAccessedByLayers("console", "front")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("live", "recording", "console", "front")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("http", "live", "recording", "console", "front")
            .whereLayer("relay")
            .mayOnlyBeAccessedByLayers("http", "front")
            .whereLayer("service")
            .mayOnlyBeAccessedByLayers("http", "relay", "observe", "live", "recording", "console", "metrics", "front")
            .whereLayer("cdp")
            .mayOnlyBeAccessedByLayers("observe", "live", "recording", "console", "front")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("service", "observe", "recording", "front")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("relay", "service", "observe", "live", "recording", "console", "shared", "front")
            .whereLayer("loop")
            .mayOnlyBeAccessedByLayers("cdp", "shared")
            .whereLayer("shared")
            .mayOnlyBeAccessedByLayers("front");

    @ArchTest
    static final ArchRule nobodyReachesIntoCoresInternals = noClasses()
            .that()
            .resideInAnyPackage(OUTSIDE_CORE)
            .and()
            .resideOutsideOfPackage("ai.bctrl.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.bctrl.internal..");

    @ArchTest
    static final ArchRule localUsesOfCoresInternalsOnlyJson = noClasses()
            .that()
            .resideInAPackage("ai.bctrl.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.bctrl.internal.http..");

    @ArchTest
    static final ArchRule nobodyReachesIntoLocalsInternals = noClasses()
            .that()
            .resideOutsideOfPackage("ai.bctrl.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.bctrl.local.internal..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("ai.bctrl.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theModelIsData = classes()
            .that()
            .resideInAPackage("ai.bctrl.model")
            .and()
            .areTopLevelClasses()
            .should(new ArchCondition<>("be records, enums, interfaces or annotations") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean data = type.isRecord() || type.isEnum() || type.isInterface();
                    events.add(new SimpleConditionEvent(type, data, type.getName()));
                }
            });

    @ArchTest
    static final ArchRule theModelStandsAlone = noClasses()
            .that()
            .resideInAPackage("ai.bctrl.model")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage("java..", "ai.bctrl.model", "org.jspecify.."))
                    .and(not(resideInAPackage("com.google.gson"))));

    @ArchTest
    static final ArchRule wireEnumsHaveUnknown = classes()
            .that()
            .resideInAPackage("ai.bctrl.model")
            .and()
            .areEnums()
            .should(new ArchCondition<>("declare UNKNOWN") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean declared = type.tryGetField("UNKNOWN").isPresent();
                    events.add(new SimpleConditionEvent(type, declared, type.getName()));
                }
            });

    @ArchTest
    static final ArchRule wireUnionsHaveUnknown = classes()
            .that()
            .areAnnotatedWith(WireUnion.class)
            .should(new ArchCondition<>("permit Unknown") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean permitted = Arrays.stream(type.reflect().getPermittedSubclasses())
                            .anyMatch(variant -> variant.getSimpleName().equals("Unknown"));
                    events.add(new SimpleConditionEvent(type, permitted, type.getName()));
                }
            });

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .resideInAPackage("ai.bctrl..")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .doNotHaveSimpleName("module-info")
            .should(new ArchCondition<>("reside in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(type, marked, type.getName()));
                }
            });

    @ArchTest
    static final ArchRule nothingThrownIsGeneric = noClasses()
            .that()
            .resideInAPackage("ai.bctrl..")
            .and()
            .areNotAssignableTo(Throwable.class)
            .should()
            .callConstructor(RuntimeException.class, String.class)
            .orShould()
            .callConstructor(RuntimeException.class, Throwable.class)
            .orShould()
            .callConstructor(RuntimeException.class, String.class, Throwable.class)
            .orShould()
            .callConstructor(Exception.class, String.class);

    @ArchTest
    static final ArchRule publicExceptionsHaveOneRoot = classes()
            .that()
            .areAssignableTo(Exception.class)
            .and()
            .arePublic()
            .and()
            .resideOutsideOfPackages("..internal..", "ai.bctrl.samples..")
            .should()
            .beAssignableTo(BctrlException.class);

    @ArchTest
    static final ArchRule nothingSharedChanges = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage("ai.bctrl..")
            .and()
            .areStatic()
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule nothingHangsOnAThread = noFields().should().haveRawType(ThreadLocal.class);

    @ArchTest
    static final ArchRule onlyTheSleeperSleeps = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("ai.bctrl.internal.http.Sleeper")
            .should()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule extensionsHaveNoState = fields().that()
            .areDeclaredInClassesThat()
            .areAssignableTo("org.junit.jupiter.api.extension.Extension")
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule signaturesShowNoOptionalParameters =
            noFields().should().haveRawType("java.util.Optional");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper");
}
