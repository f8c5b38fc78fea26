import org.jspecify.annotations.NullMarked;

/// Kernels as bytecode that TornadoVM compiles, or as OpenCL C that it runs. TornadoVM is found by name when the
/// process was started with it: nothing here needs it to be built.
@NullMarked
module dev.sinter.backend.tornado {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires dev.sinter.hardware;
    requires dev.sinter.backend.jvm;
    requires dev.sinter.backend.opencl;

    exports dev.sinter.backend.tornado;

    provides dev.sinter.ir.exec.Backend with
            dev.sinter.backend.tornado.TornadoBackend;
}
