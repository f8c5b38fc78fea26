package dev.sinter.ir.exec;

/// A program on a device. May be shared by threads; each run happens in a context of its own.
public interface LoadedProgram extends AutoCloseable {
    RunContext newContext();

    /// A context whose [RunContext#times()] nobody will ask for, where that makes runs faster.
    default RunContext newUntimedContext() {
        return newContext();
    }

    @Override
    void close();
}
