package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Finds how deep the memories between kernels must be so that nobody waits for longer than the slowest kernel takes.
///
/// Frames are let in at the pace of that kernel; each kernel does its work as soon as it has what it reads. So many
/// words as are then between two kernels at one time there must be room for. A network that has this room can keep this
/// pace, and one whose kernels start when they can is never slower than one that keeps a pace.
final class Flow {
    private static final int SMALLEST = 2;

    /// Through a memory between two kernels a word takes as many cycles.
    private static final int PASSAGE = 1;

    private final List<KernelModule> modules;
    private final List<Design.Link> links;
    private final long pace;

    private Flow(List<KernelModule> modules, List<Design.Link> links) {
        this.modules = modules;
        this.links = links;
        this.pace = modules.stream().mapToLong(KernelModule::cycles).max().orElse(0);
    }

    /// The links with their depths.
    static List<Design.Link> sized(List<KernelModule> modules, List<Design.Link> links) {
        return new Flow(modules, links).sized();
    }

    /// A word that a kernel reads or writes, and when.
    private record Event(long cycle, Port port, int word) {}

    private List<Design.Link> sized() {
        int frames = modules.size() + 3;
        List<long[]> arrivals = new ArrayList<>();
        List<long[]> departures = new ArrayList<>();
        for (Design.Link link : links) {
            arrivals.add(new long[link.from() < 0 || link.to() < 0 ? 0 : frames * words(link)]);
            departures.add(new long[link.from() < 0 || link.to() < 0 ? 0 : frames * words(link)]);
        }
        for (int module = 0; module < modules.size(); module++) {
            run(module, frames, arrivals, departures);
        }
        List<Design.Link> sized = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            Design.Link link = links.get(i);
            int depth = Math.max(SMALLEST, most(arrivals.get(i), departures.get(i)) + 1);
            sized.add(new Design.Link(
                    link.name(), link.from(), link.source(), link.to(), link.sink(), link.places(), depth));
        }
        return sized;
    }

    /// How many words a link's reader takes of a frame.
    private int words(Design.Link link) {
        return modules.get(link.to()).times(link.sink()).length;
    }

    private void run(int number, int frames, List<long[]> arrivals, List<long[]> departures) {
        KernelModule module = modules.get(number);
        List<Event> events = new ArrayList<>();
        for (Port port : module.ports()) {
            long[] times = module.times(port);
            for (int word = 0; word < times.length; word++) {
                events.add(new Event(times[word], port, word));
            }
        }
        events.sort(Comparator.comparingLong(Event::cycle));
        long start = 0;
        long[][] yielded = new long[module.ports().size()][];
        for (int frame = 0; frame < frames; frame++) {
            start = Math.max(start, frame * pace);
            long waited = 0;
            for (int port = 0; port < yielded.length; port++) {
                yielded[port] = new long[module.times(module.ports().get(port)).length];
            }
            for (Event event : events) {
                int port = module.ports().indexOf(event.port());
                if (event.port().written()) {
                    yielded[port][event.word()] = start + waited + event.cycle();
                    continue;
                }
                int link = linkTo(number, event.port());
                if (links.get(link).from() < 0) {
                    continue;
                }
                int word = frame * words(links.get(link)) + event.word();
                long there = arrivals.get(link)[word] + PASSAGE;
                waited = Math.max(waited, there - start - event.cycle());
                departures.get(link)[word] = start + waited + event.cycle();
            }
            for (int link = 0; link < links.size(); link++) {
                if (links.get(link).from() == number && links.get(link).to() >= 0) {
                    pass(
                            links.get(link),
                            yielded[module.ports().indexOf(links.get(link).source())],
                            frame,
                            arrivals.get(link));
                }
            }
            start += module.cycles() + waited;
        }
    }

    private int linkTo(int module, Port port) {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).to() == module && links.get(i).sink() == port) {
                return i;
            }
        }
        throw new IllegalStateException(port + " of module " + module + " is not linked");
    }

    /// When the words of a frame reach the memory before their reader, from when they were yielded.
    private void pass(Design.Link link, long[] yielded, int frame, long[] arrivals) {
        int lanes = link.source().lanes();
        int wanted = link.sink().lanes();
        int elements = yielded.length * lanes;
        // Elements leave a word one after the other where the reader takes fewer of them; else they come together.
        boolean apart = lanes > wanted || link.places().length > 0;
        long[] times = new long[elements];
        long last = 0;
        for (int i = 0; i < elements; i++) {
            long comes = yielded[i / lanes] + (lanes > 1 && apart ? PASSAGE : 0);
            boolean steps = apart && (i % wanted == 0 || link.places().length > 0);
            last = Math.max(comes, steps ? last + 1 : last);
            times[i] = last;
        }
        if (link.places().length > 0) {
            long complete = last + 3;
            for (int i = 0; i < elements; i++) {
                times[i] = complete + i;
            }
        }
        int words = elements / wanted;
        for (int word = 0; word < words; word++) {
            arrivals[frame * words + word] = times[word * wanted + wanted - 1]
                    + (wanted > lanes || link.places().length > 0 && wanted > 1 ? PASSAGE : 0);
        }
    }

    /// The largest number of words that have come and not gone.
    private static int most(long[] arrivals, long[] departures) {
        long[] gone = departures.clone();
        Arrays.sort(gone);
        int most = 0;
        int left = 0;
        for (int i = 0; i < arrivals.length; i++) {
            while (left < gone.length && gone[left] < arrivals[i]) {
                left++;
            }
            most = Math.max(most, i + 1 - left);
        }
        return most;
    }
}
