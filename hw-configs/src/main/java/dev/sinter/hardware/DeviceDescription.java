package dev.sinter.hardware;

/// What a runtime reports of a device: what match rules go by.
///
/// @param platform the OpenCL platform's name; for a JVM its vendor
/// @param device the OpenCL device's name; for a JVM the processor architecture
/// @param vendor the OpenCL device's vendor; for a JVM its vendor
/// @param vectorWidth how many float32 numbers a native vector holds; 1 if there are none
public record DeviceDescription(
        DeviceRuntime runtime, DeviceType type, String platform, String device, String vendor, int vectorWidth) {
    /// Through what a device is reached.
    public enum DeviceRuntime {
        OPENCL,
        JVM
    }

    /// OpenCL's device types; a JVM runs on a CPU, FPGAs are accelerators.
    public enum DeviceType {
        CPU,
        GPU,
        ACCELERATOR
    }

    public DeviceDescription {
        if (vectorWidth < 1) {
            throw new IllegalArgumentException("vector width " + vectorWidth + " must be at least 1");
        }
    }

    /// This process: the running JVM on this machine's processor.
    public static DeviceDescription ofJvm(int vectorWidth) {
        String vendor = System.getProperty("java.vm.vendor", "");
        return new DeviceDescription(
                DeviceRuntime.JVM, DeviceType.CPU, vendor, System.getProperty("os.arch", ""), vendor, vectorWidth);
    }

    @Override
    public String toString() {
        return device + " (" + platform + ")";
    }
}
