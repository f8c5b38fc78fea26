package dev.sinter.backend.opencl;

import dev.sinter.ir.kernel.Launch;
import java.util.List;

/// How many work-items a kernel is started with, in all and in one work-group, dimension by dimension.
record LaunchSizes(List<Long> global, List<Long> local) {
    static LaunchSizes of(Launch launch) {
        return switch (launch) {
            case Launch.NdRange(List<Launch.Dimension> dimensions) ->
                new LaunchSizes(
                        dimensions.stream().map(Launch.Dimension::extent).toList(),
                        dimensions.stream()
                                .map(dimension -> dimension.item().extent())
                                .toList());
            case Launch.SingleTask() -> new LaunchSizes(List.of(1L), List.of(1L));
        };
    }

    int dimensions() {
        return global.size();
    }

    long[] globalSizes() {
        return global.stream().mapToLong(Long::longValue).toArray();
    }

    long[] localSizes() {
        return local.stream().mapToLong(Long::longValue).toArray();
    }
}
