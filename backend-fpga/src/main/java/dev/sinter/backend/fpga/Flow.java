package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds how deep the memories between kernels must be so that nobody waits for longer than the slowest kernel takes.
///
/// Frames are let in at the pace of that kernel; each kernel does its work as soon as it has what it reads. So many
/// words as are then between two kernels at one time there must be room for. A network that has this room can keep this
/// pace, and one whose kernels start when they can is never slower than one that keeps a pace.
final class Flow {
    /// The least room there is between two kernels, so that they need not pass a word in the same cycle.
    static final int LEAST_DEPTH = 2;

    /// Through each memory a word takes as many cycles, at most.
    private static final int PASSAGE = 2;

    /// Until the first word of a frame leaves a memory that had to be filled first.
    private static final int FIRST_OF_FRAME = 3;

    private final List<KernelModule> modules;
    private final List<Way> ways;
    private final long pace;
    private final int frames;

    /// A link between two kernels, with the cycles in which words reach and leave the memory before the reader, frame
    /// after frame.
    private record Way(Design.Link link, int words, long[] arrivals, long[] departures) {}

    private Flow(List<KernelModule> modules, List<Design.Link> links) {
        this.modules = modules;
        this.pace = modules.stream().mapToLong(KernelModule::cycles).max().orElse(0);
        // Enough for all kernels to have come into step.
        this.frames = modules.size() + 3;
        this.ways = links.stream().filter(Design.Link::isInside).map(this::way).toList();
    }

    private Way way(Design.Link link) {
        int words = traffic(link.to()).times().length;
        return new Way(link, words, new long[frames * words], new long[frames * words]);
    }

    private Rhythm.Traffic traffic(Design.End end) {
        return modules.get(end.module().orElseThrow()).traffic(end.port());
    }

    /// The links with their depths.
    static List<Design.Link> sized(List<KernelModule> modules, List<Design.Link> links) {
        Flow flow = new Flow(modules, links);
        for (int module = 0; module < modules.size(); module++) {
            flow.run(module);
        }
        List<Design.Link> sized = new ArrayList<>(links);
        for (Way way : flow.ways) {
            int depth = Math.max(LEAST_DEPTH, most(way) + 1);
            sized.replaceAll(link -> link == way.link() ? link.withDepth(depth) : link);
        }
        return sized;
    }

    /// A word that a kernel reads or writes, and when.
    ///
    /// @param stream its number among the kernel's
    private record Event(long cycle, int stream, int word) {}

    private void run(int module) {
        List<Rhythm.Traffic> traffic = modules.get(module).traffic();
        List<Event> events = new ArrayList<>();
        List<List<Way>> comes = new ArrayList<>();
        long[][] yielded = new long[traffic.size()][];
        for (int stream = 0; stream < traffic.size(); stream++) {
            Port port = traffic.get(stream).port();
            long[] times = traffic.get(stream).times();
            for (int word = 0; word < times.length; word++) {
                events.add(new Event(times[word], stream, word));
            }
            yielded[stream] = new long[times.length];
            comes.add(ways.stream()
                    .filter(way -> way.link().to().equals(Design.End.of(module, port)))
                    .toList());
        }
        events.sort(Comparator.comparingLong(Event::cycle));
        long start = 0;
        for (int frame = 0; frame < frames; frame++) {
            start = Math.max(start, frame * pace);
            for (Event event : events) {
                for (Way way : comes.get(event.stream())) {
                    int word = frame * way.words() + event.word();
                    start = Math.max(start, way.arrivals()[word] + PASSAGE - event.cycle());
                    way.departures()[word] = start + event.cycle();
                }
                yielded[event.stream()][event.word()] = start + event.cycle();
            }
            for (Way way : ways) {
                if (way.link().from().isOf(module)) {
                    int stream = modules.get(module)
                            .ports()
                            .indexOf(way.link().from().port());
                    pass(way, yielded[stream], frame);
                }
            }
            start += modules.get(module).cycles();
        }
    }

    /// When the words of a frame reach the memory before their reader, from when they were yielded.
    private static void pass(Way way, long[] yielded, int frame) {
        Design.Link link = way.link();
        int lanes = link.from().port().lanes();
        int wanted = link.to().port().lanes();
        boolean singly = link.passesSingly();
        // Elements leave a word one after the other where the reader takes fewer of them; else they come together.
        boolean apart = lanes > wanted || singly;
        long[] times = new long[yielded.length * lanes];
        long last = 0;
        for (int i = 0; i < times.length; i++) {
            long comes = yielded[i / lanes] + (lanes > 1 && apart ? PASSAGE : 0);
            last = Math.max(comes, singly || apart && i % wanted == 0 ? last + 1 : last);
            times[i] = last;
        }
        if (link.drops()) {
            boolean[] kept = link.kept();
            long[] all = times;
            times = IntStream.range(0, all.length)
                    .filter(i -> kept[i])
                    .mapToLong(i -> all[i])
                    .toArray();
        }
        if (link.reorders()) {
            long complete = last + FIRST_OF_FRAME;
            Arrays.setAll(times, i -> complete + i);
        }
        boolean gathers = wanted > lanes || singly && wanted > 1;
        for (int word = 0; word < way.words(); word++) {
            long whole = times[word * wanted + wanted - 1];
            way.arrivals()[frame * way.words() + word] = whole + (gathers ? PASSAGE : 0);
        }
    }

    /// The largest number of words that have come and not gone. Both come and go in order.
    private static int most(Way way) {
        int most = 0;
        int gone = 0;
        for (int come = 0; come < way.arrivals().length; come++) {
            while (gone < come && way.departures()[gone] < way.arrivals()[come]) {
                gone++;
            }
            most = Math.max(most, come + 1 - gone);
        }
        return most;
    }
}
