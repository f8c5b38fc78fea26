package dev.sinter.ir.exec;

/// A program on a device. May be shared by threads; each run happens in a context of its own.
public interface LoadedProgram extends AutoCloseable {
    RunContext newContext();

    @Override
    void close();
}
