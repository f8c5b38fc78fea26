package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers what an iteration reads of each stream, and what it writes: all that passes at once are the lanes of one
/// word.
final class StreamTable {
    private final Signals signals;
    private final Map<Buffer, List<Element>> read = new LinkedHashMap<>();
    private final Map<Buffer, List<Element>> written = new LinkedHashMap<>();

    /// An element that is read or written.
    ///
    /// @param guard when it is
    private record Element(Index offset, Set<Signal> guard, Signal signal) {}

    StreamTable(Signals signals) {
        this.signals = signals;
    }

    /// @param range of the stream's elements
    Signal take(Buffer buffer, Index offset, Range range, Set<Signal> guard) {
        List<Element> before = read.computeIfAbsent(buffer, _ -> new ArrayList<>());
        for (Element element : before) {
            if (element.offset().equals(offset) && guard.containsAll(element.guard())) {
                return element.signal();
            }
        }
        Signal taken = signals.take(buffer, before.size(), range, signals.all(guard));
        before.add(new Element(offset, guard, taken));
        return taken;
    }

    void put(Buffer buffer, Index offset, Signal value, Set<Signal> guard) {
        written.computeIfAbsent(buffer, _ -> new ArrayList<>()).add(new Element(offset, guard, value));
    }

    /// Where streams are read.
    List<Meeting> inputs() {
        List<Meeting> meetings = new ArrayList<>();
        read.forEach((buffer, elements) -> meetings.add(
                meeting(buffer, elements, false, elements.getFirst().signal().range())));
        return meetings;
    }

    /// Where streams are written, and what with.
    List<Effect.Put> outputs() {
        List<Effect.Put> puts = new ArrayList<>();
        written.forEach((buffer, elements) -> {
            List<Signal> values = elements.stream().map(Element::signal).toList();
            Range range =
                    values.stream().map(Signal::range).reduce(Range::union).orElseThrow();
            puts.add(new Effect.Put(meeting(buffer, elements, true, range), values));
        });
        return puts;
    }

    private Meeting meeting(Buffer buffer, List<Element> elements, boolean written, Range range) {
        Set<Signal> guard = elements.getFirst().guard();
        if (elements.stream().anyMatch(element -> !element.guard().equals(guard))) {
            throw new Unsupported(
                    "what is " + (written ? "stored to " : "read of ") + buffer + " is so at several places");
        }
        Port port = new Port(buffer.name(), buffer, written, elements.size(), range);
        return new Meeting(
                port, signals.all(guard), elements.stream().map(Element::offset).toList());
    }
}
