import org.jspecify.annotations.NullMarked;

/// Kernels as OpenCL C, run through JOCL.
@NullMarked
module dev.sinter.backend.opencl {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires dev.sinter.hardware;
    requires jocl;

    exports dev.sinter.backend.opencl;

    provides dev.sinter.ir.exec.Backend with
            dev.sinter.backend.opencl.OpenClBackend;
}
