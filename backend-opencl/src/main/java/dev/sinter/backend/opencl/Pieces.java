package dev.sinter.backend.opencl;

import dev.sinter.ir.kernel.Launch;
import java.util.ArrayList;
import java.util.List;

/// How the work-groups of a launch are divided between threads: along the dimension that has most of them, which is the
/// last of the launch's three. PoCL keeps compiled kernels by the largest extent of the other two, and takes one for
/// another if two threads use one kernel with different extents (`pocl_release_dlhandle_cache` of PoCL 3.1).
///
/// @param dimensions for each of the three which one of the kernel's it is, or -1
/// @param sizes work-items in all
/// @param group work-items in a group
record Pieces(List<Integer> dimensions, long[] sizes, long[] group) {
    /// The one that pieces are ranges of.
    static final int DIVIDED = 2;

    private static final int NONE = -1;

    static Pieces of(Launch launch) {
        LaunchSizes all = LaunchSizes.of(launch);
        int longest = all.dimensions() - 1;
        for (int dimension = all.dimensions() - 1; dimension >= 0; dimension--) {
            if (groups(all, dimension) > groups(all, longest)) {
                longest = dimension;
            }
        }
        List<Integer> dimensions = new ArrayList<>();
        for (int dimension = 0; dimension < all.dimensions(); dimension++) {
            if (dimension != longest) {
                dimensions.add(dimension);
            }
        }
        while (dimensions.size() < DIVIDED) {
            dimensions.add(NONE);
        }
        dimensions.add(longest);
        return new Pieces(dimensions, ordered(all.globalSizes(), dimensions), ordered(all.localSizes(), dimensions));
    }

    private static long groups(LaunchSizes sizes, int dimension) {
        return sizes.globalSizes()[dimension] / sizes.localSizes()[dimension];
    }

    private static long[] ordered(long[] sizes, List<Integer> dimensions) {
        return dimensions.stream()
                .mapToLong(dimension -> dimension == NONE ? 1 : sizes[dimension])
                .toArray();
    }

    /// Into how many pieces it can be divided.
    int most() {
        return Math.toIntExact(sizes[DIVIDED] / group[DIVIDED]);
    }

    /// Which of the three a dimension of the kernel is.
    int place(int dimension) {
        return dimensions.indexOf(dimension);
    }
}
