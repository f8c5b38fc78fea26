package dev.sinter.backend.opencl;

import dev.sinter.ir.kernel.Launch;

/// How the work-groups of a launch are divided between threads: along the dimension that has most of them.
///
/// @param sizes work-items in all
/// @param group work-items in a group
/// @param dimension the one that pieces are ranges of
record Pieces(long[] sizes, long[] group, int dimension) {
    static Pieces of(Launch launch) {
        LaunchSizes all = LaunchSizes.of(launch);
        long[] sizes = all.globalSizes();
        long[] group = all.localSizes();
        int longest = sizes.length - 1;
        for (int dimension = sizes.length - 1; dimension >= 0; dimension--) {
            if (sizes[dimension] / group[dimension] > sizes[longest] / group[longest]) {
                longest = dimension;
            }
        }
        return new Pieces(sizes, group, longest);
    }

    /// Into how many pieces it can be divided.
    int most() {
        return Math.toIntExact(sizes[dimension] / group[dimension]);
    }
}
