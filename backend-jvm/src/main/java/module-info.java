import org.jspecify.annotations.NullMarked;

/// Kernels as bytecode that runs in this process.
@NullMarked
module dev.sinter.backend.jvm {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires jdk.incubator.vector;
}
