# Starts a browser and ends it when standard input ends, which Windows brings about however the control plane dies.
# BCTRL_SUPERVISED_BINARY, _ARGUMENTS: the command. BCTRL_SUPERVISED_DIRECTORY: removed afterwards; may be empty.
$ErrorActionPreference = 'Continue'
$start = New-Object System.Diagnostics.ProcessStartInfo
$start.FileName = $env:BCTRL_SUPERVISED_BINARY
$start.Arguments = $env:BCTRL_SUPERVISED_ARGUMENTS
$start.UseShellExecute = $false
# A pipe of its own, or the browser would keep the control plane's open.
$start.RedirectStandardInput = $true
$browser = [System.Diagnostics.Process]::Start($start)
if ($null -eq $browser) { exit 127 }
$browser.StandardInput.Close()
[Console]::Out.WriteLine("bctrl-supervisor pid $($browser.Id)")
[Console]::Out.Flush()

$buffer = New-Object byte[] 64
$stdin = [Console]::OpenStandardInput()
$read = $stdin.ReadAsync($buffer, 0, $buffer.Length)
while (-not $browser.HasExited) {
  if ($read.IsCompleted) {
    if ($read.IsFaulted -or $read.Result -le 0) { break }
    $read = $stdin.ReadAsync($buffer, 0, $buffer.Length)
  }
  [void]$browser.WaitForExit(50)
}
& taskkill.exe /T /F /PID $browser.Id 2>&1 | Out-Null
[void]$browser.WaitForExit(5000)
$status = if ($browser.HasExited) { $browser.ExitCode } else { 1 }
[Console]::Out.WriteLine("`nbctrl-supervisor exit $status")
[Console]::Out.Flush()

$directory = $env:BCTRL_SUPERVISED_DIRECTORY
for ($i = 0; $directory -and (Test-Path -LiteralPath $directory) -and $i -lt 100; $i++) {
  Remove-Item -LiteralPath $directory -Recurse -Force -ErrorAction SilentlyContinue
  Start-Sleep -Milliseconds 50
}
exit $status
