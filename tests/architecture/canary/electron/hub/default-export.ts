const broken = 1;
export default broken;
