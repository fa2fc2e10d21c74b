/** Says how far it is: on a terminal after each piece of work, elsewhere after every so many and at the end. */
export function progressOf(total: number, every = 50): (done: number) => void {
  const began = Date.now()
  return (done) => {
    const left = Math.round(((Date.now() - began) / done) * (total - done) * 0.001)
    const line = `${done} of ${total}, about ${left} s left`
    if (process.stderr.isTTY) process.stderr.write(`\r${line}\u001B[K${done === total ? '\n' : ''}`)
    else if (done % every === 0 || done === total) console.error(line)
  }
}
