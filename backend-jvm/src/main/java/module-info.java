import org.jspecify.annotations.NullMarked;

/// Kernels as bytecode that runs in this process.
@NullMarked
module dev.sinter.backend.jvm {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires jdk.incubator.vector;

    exports dev.sinter.backend.jvm;

    provides dev.sinter.ir.exec.Backend with
            dev.sinter.backend.jvm.JvmBackend;
}
