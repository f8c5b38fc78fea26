package dev.sinter.backend.opencl;

import dev.sinter.ir.exec.Device;
import dev.sinter.ir.file.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// Asks all drivers for their devices, and keeps what stood in the way.
final class Discovery {
    /// `CL_PLATFORM_NOT_FOUND_KHR` of the extension `cl_khr_icd`, which JOCL has no name for.
    private static final int PLATFORM_NOT_FOUND = -1001;

    private static final String DRIVER_HINT =
            "install the driver of your GPU, or PoCL for the processor (on Debian pocl-opencl-icd)";

    private final List<Device> devices = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    /// @param obstacle why there are no devices, in one line; empty if there are some
    record Found(List<Device> devices, String obstacle) {
        Found {
            devices = List.copyOf(devices);
        }
    }

    private Discovery() {}

    static Found run() {
        try {
            Pocl.offerComputingInCaller(System.getenv());
            JoclLibrary.load();
            Discovery discovery = new Discovery();
            discovery.askPlatforms();
            boolean none = discovery.devices.isEmpty();
            return new Found(discovery.devices, none ? String.join("; ", discovery.obstacles) : "");
        } catch (IOException failure) {
            return new Found(List.of(), Failures.reason(failure));
        } catch (LinkageError failure) {
            return new Found(List.of(), unlinked(failure));
        }
    }

    /// JOCL tells by text only whether its own library or that of OpenCL is missing.
    static String unlinked(LinkageError failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        if (message.startsWith("Could not initialize native OpenCL library")) {
            return "no OpenCL library (" + System.mapLibraryName("OpenCL") + ") is installed: "
                    + "install one (on Debian ocl-icd-libopencl1), and " + DRIVER_HINT;
        }
        String cause = message.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(UnsatisfiedLinkError.class.getName()))
                .reduce((_, last) -> last)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElseGet(() -> message.lines().findFirst().orElse(failure.toString()));
        return "JOCL's native library could not be loaded (" + cause + "): it needs " + System.getProperty("os.name")
                + " on " + System.getProperty("os.arch")
                + " to be among JOCL's platforms, and java.io.tmpdir to be a folder from which files may be executed";
    }

    private void askPlatforms() {
        cl_platform_id[] platforms;
        try {
            int[] count = new int[1];
            CL.clGetPlatformIDs(0, null, count);
            platforms = new cl_platform_id[count[0]];
            CL.clGetPlatformIDs(platforms.length, platforms, null);
        } catch (CLException failure) {
            obstacles.add(
                    failure.getStatus() == PLATFORM_NOT_FOUND
                            ? noDriver()
                            : "the OpenCL library does not list its platforms (" + told(failure) + ")");
            return;
        }
        if (platforms.length == 0) {
            obstacles.add(noDriver());
        }
        for (cl_platform_id platform : platforms) {
            ask(platform);
        }
    }

    private static String noDriver() {
        String vendors = System.getenv("OCL_ICD_VENDORS");
        return "the OpenCL library is there but no driver (no platform): "
                + (vendors == null
                        ? DRIVER_HINT
                        : DRIVER_HINT + ", and see whether OCL_ICD_VENDORS names the right folder, which is "
                                + vendors);
    }

    /// A driver that fails does not keep the devices of others away.
    private void ask(cl_platform_id platform) {
        String name = "?";
        try {
            name = DeviceQuery.platformText(platform, CL.CL_PLATFORM_NAME);
            int[] count = new int[1];
            CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
            cl_device_id[] found = new cl_device_id[count[0]];
            if (found.length == 0) {
                obstacles.add(withoutDevice(name, System.getenv()));
                return;
            }
            CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, found.length, found, null);
            for (cl_device_id device : withoutDoubles(name, platform, List.of(found))) {
                devices.add(OpenClDevice.of("opencl:" + devices.size(), platform, device));
            }
        } catch (CLException failure) {
            obstacles.add(
                    failure.getStatus() == CL.CL_DEVICE_NOT_FOUND
                            ? withoutDevice(name, System.getenv())
                            : "the driver of platform " + name + " fails (" + told(failure)
                                    + "): see whether other programs, such as clinfo, find its devices");
        }
    }

    /// PoCL was asked to offer the processor twice: what has no threads of its own is the better of the two, since ours
    /// wait awake. What the user chose is left as it is.
    private static List<cl_device_id> withoutDoubles(String name, cl_platform_id platform, List<cl_device_id> devices) {
        if (Pocl.isChosen(System.getenv())) {
            return devices;
        }
        List<cl_device_id> better = devices.stream()
                .filter(device ->
                        Pocl.computesInCaller(name, new DeviceQuery(platform, device).text(CL.CL_DEVICE_NAME)))
                .toList();
        return better.isEmpty() ? devices : better;
    }

    private static String told(CLException failure) {
        return failure.getMessage() + ", code " + failure.getStatus();
    }

    static String withoutDevice(String platform, Map<String, String> environment) {
        String fact = "the platform " + platform + " is there but has no device";
        return platform.equals(Pocl.PLATFORM)
                ? fact + ": its cache folder " + Pocl.cacheFolder(environment)
                        + " may not be writable; let POCL_CACHE_DIR name one that is"
                : fact + ": its driver may find no hardware, or this user may have no access to it";
    }
}
