package dev.sinter.cli.artifact;

import dev.sinter.cli.inspect.NetworkReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `compile` writes as `manifest.json`: all that a runtime needs to know of the other files.
///
/// @param format raised when a component changes its meaning
/// @param onHost layers that no kernel computes, with their operators: a runtime has to, between the kernels
/// @param files SHA-256 of each file, by name
public record Manifest(
        int format,
        String sinter,
        String model,
        String target,
        String targetKind,
        List<NetworkReport.Port> inputs,
        List<NetworkReport.Port> outputs,
        List<KernelEntry> kernels,
        List<String> onHost,
        List<SlotEntry> memory,
        Map<String, String> files) {
    static final int FORMAT = 1;

    /// @param layers the layers that the kernel computes with the other kernels of its step
    /// @param channels that link the kernel to others of its step: those must run at the same time
    /// @param globalSize work-items per dimension, innermost first; empty for a single task
    /// @param localSize of a work-group likewise; empty leaves it to the device
    /// @param schedule where a file has the schedule; null where the compiler chose it
    /// @param tuned where the schedule stands that was measured to be the fastest; null where none was
    /// @param sha256 of the kernel's source by itself; null if there is none
    public record KernelEntry(
            String name,
            List<String> layers,
            List<ArgumentEntry> arguments,
            List<ChannelEntry> channels,
            List<Long> globalSize,
            List<Long> localSize,
            @Nullable String schedule,
            @Nullable String tuned,
            @Nullable String sha256) {}

    /// A buffer, in the order in which the kernel takes it.
    ///
    /// @param access `read` or `write`
    /// @param place `constant`, or which slot of the memory
    /// @param bytes of the tensor in its layout
    public record ArgumentEntry(
            String name, String tensor, String type, String access, String place, String layout, long bytes) {}

    /// One end of a channel.
    ///
    /// @param access `read` or `write`
    /// @param depth how many elements it holds
    /// @param order in which the tensor's elements go through it
    public record ChannelEntry(String tensor, String type, String access, int depth, String order) {}

    /// A stretch of memory that tensors share, one after the other.
    public record SlotEntry(int slot, long bytes) {}
}
