package dev.sinter.cli.input;

import dev.sinter.ir.type.Tensor;
import java.util.List;

/// Several feeds, one after the other.
record ChainedFeed(List<Feed> parts) implements Feed {
    private record Place(Feed part, long index) {}

    ChainedFeed {
        parts = List.copyOf(parts);
    }

    @Override
    public long count() {
        return parts.stream().mapToLong(Feed::count).sum();
    }

    private Place place(long i) {
        long index = i;
        for (Feed part : parts) {
            if (index < part.count()) {
                return new Place(part, index);
            }
            index -= part.count();
        }
        throw new IndexOutOfBoundsException("sample " + i + " of " + count());
    }

    @Override
    public String label(long i) {
        Place place = place(i);
        return place.part().label(place.index());
    }

    @Override
    public Tensor sample(long i) {
        Place place = place(i);
        return place.part().sample(place.index());
    }
}
