package dev.sinter.ir.evaluate;

import dev.sinter.ir.evaluate.SharedMemory.Loaded;
import dev.sinter.ir.kernel.KernelArray;
import java.util.Arrays;
import java.util.Optional;

/// The elements of an array while a kernel is evaluated, and who touched them since when.
final class ArrayContents {
    private static final int NOBODY = -1;

    private final Loaded[] values;
    private final long[] coordinates;
    private final Touch[] touches;

    /// What happened to an element since the last barrier.
    private static final class Touch {
        private int writer = NOBODY;
        private final int[] readers = {NOBODY, NOBODY};
        private long phase;

        private void enter(long now) {
            if (phase != now) {
                phase = now;
                writer = NOBODY;
                Arrays.fill(readers, NOBODY);
            }
        }
    }

    ArrayContents(KernelArray array) {
        int numbers = Math.toIntExact(array.elements() * array.lanes());
        values = new Loaded[numbers];
        Arrays.fill(values, new Loaded(0, true));
        coordinates = new long[array.ring().isPresent() ? numbers : 0];
        touches = new Touch[array.isShared() ? numbers : 0];
        Arrays.setAll(touches, _ -> new Touch());
    }

    Loaded read(int place) {
        return values[place];
    }

    void write(int place, Loaded value) {
        values[place] = value;
    }

    /// Notes which coordinate of a ring took the place.
    void occupy(int place, long coordinate) {
        if (coordinates.length > 0) {
            coordinates[place] = coordinate;
        }
    }

    /// The coordinate of a ring that took the place of the one that is read, if another did.
    Optional<Long> occupant(int place, long coordinate) {
        return coordinates.length == 0 || values[place].undefined() || coordinates[place] == coordinate
                ? Optional.empty()
                : Optional.of(coordinates[place]);
    }

    /// The work-item that wrote the element since the last barrier, if it was another than the one that reads it.
    Optional<Integer> readBy(int item, int place, long phase) {
        if (touches.length == 0) {
            return Optional.empty();
        }
        Touch touch = touches[place];
        touch.enter(phase);
        for (int known = 0; known < touch.readers.length; known++) {
            if (touch.readers[known] == NOBODY || touch.readers[known] == item) {
                touch.readers[known] = item;
                break;
            }
        }
        return touch.writer == NOBODY || touch.writer == item ? Optional.empty() : Optional.of(touch.writer);
    }

    /// The work-item that touched the element since the last barrier, if it was another than the one that writes it.
    Optional<Integer> writtenBy(int item, int place, long phase) {
        if (touches.length == 0) {
            return Optional.empty();
        }
        Touch touch = touches[place];
        touch.enter(phase);
        int[] others = {touch.writer, touch.readers[0], touch.readers[1]};
        touch.writer = item;
        return Arrays.stream(others)
                .filter(other -> other != NOBODY && other != item)
                .boxed()
                .findFirst();
    }
}
