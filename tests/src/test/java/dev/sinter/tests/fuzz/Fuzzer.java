package dev.sinter.tests.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.NullMarked;

/// Makes networks from seeds, checks them, and shrinks those that fail.
@NullMarked
final class Fuzzer {
    /// Shrinking takes up to as long as so many networks.
    private static final int TRIES = 600;

    /// Of failures that look alike so many are shrunk and shown.
    private static final int SHOWN_ALIKE = 4;

    private final LongFunction<List<Subject>> subjects;
    private final List<Case> cases = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<Long> failing = new HashSet<>();
    private long networks;

    /// A failure, and the smallest network that has it.
    ///
    /// @param subject what it failed on; empty where that was none
    record Case(long seed, Failure failure, FuzzNetwork network, Optional<Subject> subject) {}

    /// @param subjects what the network of a seed is run on
    Fuzzer(LongFunction<List<Subject>> subjects) {
        this.subjects = subjects;
    }

    /// Checks the network of a seed.
    ///
    /// @return the failures that were not seen before
    List<Case> check(long seed) {
        FuzzNetwork network = RandomModels.of(seed);
        networks++;
        List<Case> found = new ArrayList<>();
        for (Failure failure : Check.of(network, subjects.apply(seed))) {
            failing.add(seed);
            String key = failure.kind() + " on " + failure.where();
            if (counts.merge(key, 1, Integer::sum) <= SHOWN_ALIKE) {
                found.add(shrunk(seed, network, failure));
            }
        }
        cases.addAll(found);
        return found;
    }

    private Case shrunk(long seed, FuzzNetwork network, Failure failure) {
        List<Subject> concerned = subjects.apply(seed).stream()
                .filter(subject -> subject.name().equals(failure.where()))
                .toList();
        List<Failure> last = new ArrayList<>(List.of(failure));
        FuzzNetwork small = Shrinker.shrink(
                network,
                smaller -> (network.isWild() || ReferenceRun.isFinite(smaller))
                        && Check.of(smaller, concerned).stream()
                                .filter(failure::isLike)
                                .findFirst()
                                .map(last::add)
                                .orElse(false),
                TRIES);
        return new Case(seed, last.getLast(), small, concerned.stream().findFirst());
    }

    List<Case> cases() {
        return cases;
    }

    /// For example `1200 networks, 2 of them fail: 1 WRONG on jvm, 1 FAULT on import`.
    String summary() {
        String text = networks + " networks, " + failing.size() + " of them fail";
        return counts.isEmpty()
                ? text
                : text + ": "
                        + String.join(
                                ", ",
                                counts.entrySet().stream()
                                        .map(count -> count.getValue() + " " + count.getKey())
                                        .toList());
    }
}
