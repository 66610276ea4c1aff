import org.jspecify.annotations.NullMarked;

/** Typed client of the BCTRL REST API and the seam to everything that drives a browser. */
@NullMarked
@SuppressWarnings("module") // the qualified exports name modules that are not on the path when this one is compiled
module ai.bctrl.core {
    requires transitive com.google.gson;
    requires transitive org.jspecify;
    requires okhttp3;

    exports ai.bctrl;
    exports ai.bctrl.error;
    exports ai.bctrl.model;
    exports ai.bctrl.network;
    exports ai.bctrl.runtime;
    exports ai.bctrl.internal.json to
            ai.bctrl.local;

    uses ai.bctrl.runtime.EmbeddedControlPlane;
}
