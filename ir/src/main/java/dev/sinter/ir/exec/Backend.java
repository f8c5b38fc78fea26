package dev.sinter.ir.exec;

import java.util.List;

/// A way to run kernels. Found by [java.util.ServiceLoader].
public interface Backend {
    /// The name by which users choose it, for example `opencl`.
    String name();

    /// The devices that are there now; empty (never an error) where the backend cannot work, for which
    /// [#whyUnavailable()] then has the reason.
    List<Device> devices();

    /// Why there are no devices, in one line; empty if there are some.
    String whyUnavailable();
}
