package dev.sinter.ir.diag;

import java.util.Map;

/// Where the library tells what it does. It never prints: who called it decides what is shown.
@FunctionalInterface
public interface Trace {
    /// Something that took time, or (with equal times) that happened.
    ///
    /// @param category for example `pass`, `kernel`, `transfer`
    /// @param startNanos on the clock of [System#nanoTime()]
    record Event(String category, String name, long startNanos, long endNanos, Map<String, String> details) {
        public Event {
            details = Map.copyOf(details);
        }
    }

    void report(Event event);

    static Trace silent() {
        return _ -> {};
    }

    default void note(String category, String name, Map<String, String> details) {
        long now = System.nanoTime();
        report(new Event(category, name, now, now, details));
    }
}
